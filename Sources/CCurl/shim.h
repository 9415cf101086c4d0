#include <curl/curl.h>
#include <stdint.h>
#include <string.h>

// curl_easy_setopt takes a variable number of arguments, which Swift cannot call: one letter is sent from here.

struct ward_letter {
  const char *url, *user, *password, *from, *to;
  const uint8_t *bytes;
  size_t count, sent;
  int requires_tls;
  long connect_timeout_seconds, timeout_seconds;
};

static inline size_t ward_read_letter(char *buffer, size_t size, size_t items, void *context) {
  struct ward_letter *letter = (struct ward_letter *)context;
  size_t rest = letter->count - letter->sent, room = size * items;
  size_t part = rest < room ? rest : room;
  memcpy(buffer, letter->bytes + letter->sent, part);
  letter->sent += part;
  return part;
}

static inline size_t ward_ignore(char *buffer, size_t size, size_t items, void *context) {
  (void)buffer;
  (void)context;
  return size * items;
}

/// A client that keeps its connection to the server between letters; for one thread at a time. NULL without memory.
static inline void *ward_open_post(void) { return curl_easy_init(); }

static inline void ward_close_post(void *post) { curl_easy_cleanup((CURL *)post); }

/// Sends one letter and waits for the server's answer: libcurl's code, and the server's last reply in `reply`. `fresh`
/// says whether a new connection was made for it.
static inline int ward_send_letter(void *post, struct ward_letter *letter, long *reply, int *fresh) {
  CURL *curl = (CURL *)post;
  // Forgets the options and keeps the connection.
  curl_easy_reset(curl);
  struct curl_slist *to = curl_slist_append(NULL, letter->to);
  if (!to) return CURLE_OUT_OF_MEMORY;
  curl_easy_setopt(curl, CURLOPT_URL, letter->url);
#if LIBCURL_VERSION_NUM >= 0x075500
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
#else
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_SMTP | CURLPROTO_SMTPS));
#endif
  if (letter->user) curl_easy_setopt(curl, CURLOPT_USERNAME, letter->user);
  if (letter->password) curl_easy_setopt(curl, CURLOPT_PASSWORD, letter->password);
  curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(letter->requires_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, letter->from);
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, ward_read_letter);
  curl_easy_setopt(curl, CURLOPT_READDATA, letter);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ward_ignore);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, letter->connect_timeout_seconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, letter->timeout_seconds);
  // One server, one connection a client.
  curl_easy_setopt(curl, CURLOPT_MAXCONNECTS, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXAGE_CONN, 60L);
  CURLcode code = curl_easy_perform(curl);
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, reply);
  long connects = 0;
  curl_easy_getinfo(curl, CURLINFO_NUM_CONNECTS, &connects);
  *fresh = connects > 0;
  curl_slist_free_all(to);
  return (int)code;
}

/// Once in a process, before any letter.
static inline int ward_start_curl(void) { return (int)curl_global_init(CURL_GLOBAL_DEFAULT); }
