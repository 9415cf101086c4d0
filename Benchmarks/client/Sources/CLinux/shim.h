#include <stddef.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>

// Declared only for GNU sources in string.h.
void *memmem(const void *haystack, size_t length, const void *needle, size_t needleLength);
