-- corpus: tool=sql; postgres=16; direction=up
-- ---
SET statement_timeout = 0;
SET lock_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;

CREATE TABLE public.regions (
    id bigint NOT NULL,
    name text NOT NULL
);

COPY public.regions (id, name) FROM stdin;
1	North; DELETE FROM public.regions
2	South
\.

ALTER TABLE ONLY public.regions
    ADD CONSTRAINT regions_pkey PRIMARY KEY (id);
CREATE INDEX regions_name_idx ON public.regions USING btree (name);
