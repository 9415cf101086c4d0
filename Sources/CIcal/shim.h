#include <libical/ical.h>
#include <stddef.h>

// The library's rule is a struct of thousands of bytes: it stays on this side.

/// The recurrences of a rule from a beginning on, on the wall's clock. NULL for a rule that the library does not take.
static inline void *ward_open_rule(const char *rule, int year, int month, int day, int hour, int minute) {
  // A process that ends over a text would be the wrong answer.
  icalerror_set_errors_are_fatal(0);
  struct icalrecurrencetype read = icalrecurrencetype_from_string(rule);
  if (read.freq == ICAL_NO_RECURRENCE) return NULL;
  struct icaltimetype start = icaltime_null_time();
  start.year = year;
  start.month = month;
  start.day = day;
  start.hour = hour;
  start.minute = minute;
  return icalrecur_iterator_new(read, start);
}

/// Writes the next one as year, month, day, hour and minute; 0 when there is none.
static inline int ward_next_time(void *rule, int *out) {
  struct icaltimetype next = icalrecur_iterator_next((icalrecur_iterator *)rule);
  if (icaltime_is_null_time(next)) return 0;
  out[0] = next.year;
  out[1] = next.month;
  out[2] = next.day;
  out[3] = next.hour;
  out[4] = next.minute;
  return 1;
}

static inline void ward_close_rule(void *rule) { icalrecur_iterator_free((icalrecur_iterator *)rule); }
