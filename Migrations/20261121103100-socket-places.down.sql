-- Why: takes back what any node could give back; a client that changes its node starts afresh again.
DROP FUNCTION ward.forget_sockets();
DROP FUNCTION ward.forget_socket(text, text);
DROP FUNCTION ward.recall_socket(text, text);
DROP FUNCTION ward.keep_socket(text, text, text, text);
DROP TABLE ward.socket_places;
