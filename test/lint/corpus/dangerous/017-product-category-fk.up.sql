-- corpus: tool=golang-migrate; history=shop; postgres=17
-- expect: foreign-key-validates at "FOREIGN KEY" #1
-- ---
-- Referential integrity at last; see also "ADD CONSTRAINT … NOT VALID" in the handbook.
ALTER TABLE ONLY public.products
  ADD FOREIGN KEY (category_id) /* nobody deletes these */ REFERENCES public.categories
  ON DELETE SET NULL;
