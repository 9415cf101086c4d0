-- Why: takes the installation's numbers back.

DROP FUNCTION ward.platform_numbers();
