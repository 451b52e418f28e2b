-- corpus: tool=golang-migrate; history=shop; postgres=17
-- expect: foreign-key-validates at "ADD FOREIGN KEY (category_id) /* nobody deletes these */ REFERENCES public.categories\n  ON DELETE SET NULL" #1
-- because: what has to be written another way is the whole clause
-- ---
-- Referential integrity at last; see also "ADD CONSTRAINT … NOT VALID" in the handbook.
ALTER TABLE ONLY public.products
  ADD FOREIGN KEY (category_id) /* nobody deletes these */ REFERENCES public.categories
  ON DELETE SET NULL;
