-- corpus: tool=golang-migrate; postgres=15; direction=up
-- ---
CREATE TABLE a_table_whose_name_is_exactly_as_long_as_postgresql_can_keep_it (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "eine_spalte_für_die_größe_der_straße_in_quadratmeter_am_tag" integer
);
