-- corpus: tool=golang-migrate; history=shop; rows order_items=9000000 products=100000
-- expect: unbatched-change at "UPDATE order_items" #1
-- because: with its table it says which rows
-- ---
WITH prices AS (SELECT id, price FROM products)
UPDATE order_items AS i
   SET unit_price = p.price
  FROM prices AS p
 WHERE p.id = i.product_id;
