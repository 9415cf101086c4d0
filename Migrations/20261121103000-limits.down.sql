-- Why: takes back the limits that hold over all nodes; each node counts for itself again.
DROP FUNCTION ward.forget_windows();
DROP FUNCTION ward.count_calls(text[], integer[], integer[]);
DROP TABLE ward.rate_windows;
