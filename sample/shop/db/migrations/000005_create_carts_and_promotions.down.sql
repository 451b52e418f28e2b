DROP TABLE cart_items;
DROP FUNCTION touch_cart();
DROP TABLE carts;
DROP TABLE promotions;
