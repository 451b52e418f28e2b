-- corpus: tool=golang-migrate; history=shop
-- expect: domain-constraint-scans at "SET NOT NULL" #1
-- ---
ALTER DOMAIN email_address SET NOT NULL;
