-- corpus: tool=sql; postgres=16; direction=up
-- ---
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
SET default_tablespace = '';
SET default_table_access_method = heap;

CREATE TABLE public.vehicles (
    id bigint NOT NULL,
    plate text NOT NULL,
    owner_id bigint
);
ALTER TABLE public.vehicles OWNER TO shop_owner;

CREATE SEQUENCE public.vehicles_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.vehicles_id_seq OWNED BY public.vehicles.id;
ALTER TABLE ONLY public.vehicles ALTER COLUMN id SET DEFAULT nextval('public.vehicles_id_seq'::regclass);

COPY public.vehicles (id, plate, owner_id) FROM stdin;
1	DROP TABLE; --	\N
\.

SELECT pg_catalog.setval('public.vehicles_id_seq', 1, true);
ALTER TABLE ONLY public.vehicles
    ADD CONSTRAINT vehicles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.vehicles
    ADD CONSTRAINT vehicles_plate_key UNIQUE (plate);
CREATE INDEX vehicles_owner_id_idx ON public.vehicles USING btree (owner_id);
