#include <crypt.h>
#include <stdlib.h>
#include <string.h>

/// 1 when the phrase belongs to the hash, 0 when not, -1 when there is no memory. Compares in constant time.
static inline int ward_crypt_matches(const char *phrase, const char *hash) {
  struct crypt_data *data = (struct crypt_data *)calloc(1, sizeof *data);
  if (!data) return -1;
  const char *made = crypt_r(phrase, hash, data);
  int matches = 0;
  if (made && made[0] != '*' && strlen(made) == strlen(hash)) {
    unsigned char difference = 0;
    for (size_t i = 0; hash[i]; i++) difference |= (unsigned char)(made[i] ^ hash[i]);
    matches = difference == 0;
  }
  memset(data, 0, sizeof *data);
  free(data);
  return matches;
}
