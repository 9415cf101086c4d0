-- Why: takes away preferences, series and calendars elsewhere; appointments of series stay as they are.
DROP TABLE ward.calendar_feeds, ward.appointment_series, ward.booking_preferences;
