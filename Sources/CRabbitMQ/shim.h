#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/time.h>

// amqp_login takes a variable number of arguments, and frames are unions behind void pointers: both are made plain here.

enum ward_amqp_kind {
  WARD_AMQP_OTHER,
  WARD_AMQP_DELIVER,
  WARD_AMQP_ACK,
  WARD_AMQP_NACK,
  WARD_AMQP_RETURN,
  WARD_AMQP_HEADER,
  WARD_AMQP_BODY,
  WARD_AMQP_BLOCKED,
  WARD_AMQP_UNBLOCKED,
  /// The server ends a consumer, a channel or the connection.
  WARD_AMQP_ENDED,
};

/// One frame; `bytes` is good until the buffers are released.
struct ward_amqp_frame {
  int kind;
  uint16_t channel;
  uint64_t tag;
  uint64_t size;
  int multiple;
  int redelivered;
  uint16_t code;
  const uint8_t *bytes;
  size_t count;
};

static inline void ward_amqp_method(const amqp_method_t *method, struct ward_amqp_frame *out) {
  if (!method->decoded) return;
  switch (method->id) {
    case AMQP_BASIC_DELIVER_METHOD: {
      const amqp_basic_deliver_t *deliver = (const amqp_basic_deliver_t *)method->decoded;
      out->kind = WARD_AMQP_DELIVER;
      out->tag = deliver->delivery_tag;
      out->redelivered = deliver->redelivered;
      break;
    }
    case AMQP_BASIC_ACK_METHOD: {
      const amqp_basic_ack_t *ack = (const amqp_basic_ack_t *)method->decoded;
      out->kind = WARD_AMQP_ACK;
      out->tag = ack->delivery_tag;
      out->multiple = ack->multiple;
      break;
    }
    case AMQP_BASIC_NACK_METHOD: {
      const amqp_basic_nack_t *nack = (const amqp_basic_nack_t *)method->decoded;
      out->kind = WARD_AMQP_NACK;
      out->tag = nack->delivery_tag;
      out->multiple = nack->multiple;
      break;
    }
    case AMQP_BASIC_RETURN_METHOD:
      out->kind = WARD_AMQP_RETURN;
      out->code = ((const amqp_basic_return_t *)method->decoded)->reply_code;
      break;
    case AMQP_CONNECTION_BLOCKED_METHOD: out->kind = WARD_AMQP_BLOCKED; break;
    case AMQP_CONNECTION_UNBLOCKED_METHOD: out->kind = WARD_AMQP_UNBLOCKED; break;
    case AMQP_CHANNEL_CLOSE_METHOD:
      out->kind = WARD_AMQP_ENDED;
      out->code = ((const amqp_channel_close_t *)method->decoded)->reply_code;
      break;
    case AMQP_CONNECTION_CLOSE_METHOD:
      out->kind = WARD_AMQP_ENDED;
      out->code = ((const amqp_connection_close_t *)method->decoded)->reply_code;
      break;
    case AMQP_BASIC_CANCEL_METHOD: out->kind = WARD_AMQP_ENDED; break;
    default: break;
  }
}

/// The next frame that is there already: AMQP_STATUS_OK, AMQP_STATUS_TIMEOUT when there is none, or what broke. Sends
/// a heartbeat when one is due.
static inline int ward_amqp_next(amqp_connection_state_t state, struct ward_amqp_frame *out) {
  struct timeval none = {0, 0};
  amqp_frame_t frame;
  memset(&frame, 0, sizeof frame);
  memset(out, 0, sizeof *out);
  int status = amqp_simple_wait_frame_noblock(state, &frame, &none);
  if (status != AMQP_STATUS_OK) return status;
  out->channel = frame.channel;
  switch (frame.frame_type) {
    case AMQP_FRAME_METHOD: ward_amqp_method(&frame.payload.method, out); break;
    case AMQP_FRAME_HEADER:
      out->kind = WARD_AMQP_HEADER;
      out->size = frame.payload.properties.body_size;
      break;
    case AMQP_FRAME_BODY:
      out->kind = WARD_AMQP_BODY;
      out->bytes = (const uint8_t *)frame.payload.body_fragment.bytes;
      out->count = frame.payload.body_fragment.len;
      break;
    default: break;
  }
  return AMQP_STATUS_OK;
}

static inline amqp_bytes_t ward_amqp_bytes(const char *text) { return amqp_cstring_bytes(text); }

/// What an RPC came to: 0, a library error (negative) or the server's reply code (positive).
static inline int ward_amqp_outcome(amqp_rpc_reply_t reply) {
  switch (reply.reply_type) {
    case AMQP_RESPONSE_NORMAL: return 0;
    case AMQP_RESPONSE_LIBRARY_EXCEPTION: return reply.library_error ? reply.library_error : AMQP_STATUS_UNEXPECTED_STATE;
    case AMQP_RESPONSE_SERVER_EXCEPTION:
      if (reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD && reply.reply.decoded)
        return ((const amqp_channel_close_t *)reply.reply.decoded)->reply_code;
      if (reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD && reply.reply.decoded)
        return ((const amqp_connection_close_t *)reply.reply.decoded)->reply_code;
      return AMQP_STATUS_UNEXPECTED_STATE;
    default: return AMQP_STATUS_CONNECTION_CLOSED;
  }
}

/// Opens the socket and signs in; `ca` is a file of certificates, NULL without TLS.
static inline int ward_amqp_open(
    amqp_connection_state_t state, const char *host, int port, const char *ca, const char *vhost, const char *user,
    const char *password, int channels, int heartbeat_seconds, int timeout_seconds) {
  struct timeval limit = {timeout_seconds, 0};
  amqp_socket_t *socket = ca ? amqp_ssl_socket_new(state) : amqp_tcp_socket_new(state);
  if (!socket) return AMQP_STATUS_NO_MEMORY;
  if (ca) {
    amqp_ssl_socket_set_verify_peer(socket, 1);
    amqp_ssl_socket_set_verify_hostname(socket, 1);
    int status = amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST);
    if (status == AMQP_STATUS_OK) status = amqp_ssl_socket_set_cacert(socket, ca);
    if (status != AMQP_STATUS_OK) return status;
  }
  amqp_set_handshake_timeout(state, &limit);
  amqp_set_rpc_timeout(state, &limit);
  int status = amqp_socket_open_noblock(socket, host, port, &limit);
  if (status != AMQP_STATUS_OK) return status;
  return ward_amqp_outcome(amqp_login(
      state, vhost, channels, AMQP_DEFAULT_FRAME_SIZE, heartbeat_seconds, AMQP_SASL_METHOD_PLAIN, user, password));
}

/// The version that the server tells of itself, as a string; false where it tells none.
static inline int ward_amqp_version(amqp_connection_state_t state, char *out, size_t room) {
  const amqp_table_t *told = amqp_get_server_properties(state);
  for (int i = 0; told && i < told->num_entries; i++) {
    const amqp_table_entry_t *entry = &told->entries[i];
    if (entry->key.len != 7 || memcmp(entry->key.bytes, "version", 7) != 0) continue;
    if (entry->value.kind != AMQP_FIELD_KIND_UTF8 || entry->value.value.bytes.len >= room) return 0;
    memcpy(out, entry->value.value.bytes.bytes, entry->value.value.bytes.len);
    out[entry->value.value.bytes.len] = 0;
    return 1;
  }
  return 0;
}

static inline int ward_amqp_confirmed_channel(amqp_connection_state_t state, uint16_t channel, int confirms) {
  amqp_channel_open(state, channel);
  int status = ward_amqp_outcome(amqp_get_rpc_reply(state));
  if (status || !confirms) return status;
  amqp_confirm_select(state, channel);
  return ward_amqp_outcome(amqp_get_rpc_reply(state));
}

static inline int ward_amqp_exchange(amqp_connection_state_t state, uint16_t channel, const char *name) {
  amqp_exchange_declare(
      state, channel, ward_amqp_bytes(name), ward_amqp_bytes("direct"), 0, 1, 0, 0, amqp_empty_table);
  return ward_amqp_outcome(amqp_get_rpc_reply(state));
}

static inline void ward_amqp_text(amqp_table_entry_t *entry, const char *key, const char *value) {
  entry->key = ward_amqp_bytes(key);
  entry->value.kind = AMQP_FIELD_KIND_UTF8;
  entry->value.value.bytes = ward_amqp_bytes(value);
}

static inline void ward_amqp_number(amqp_table_entry_t *entry, const char *key, int64_t value) {
  entry->key = ward_amqp_bytes(key);
  entry->value.kind = AMQP_FIELD_KIND_I64;
  entry->value.value.i64 = value;
}

/// A quorum queue, bound by its own name. With `dead_exchange`, what is refused, or delivered `delivery_limit` times,
/// goes there and a full queue takes no more; without it the oldest leave after `keep_milliseconds` or when it is full.
static inline int ward_amqp_queue(
    amqp_connection_state_t state, uint16_t channel, const char *name, const char *exchange, const char *dead_exchange,
    const char *dead_key, int64_t delivery_limit, int64_t most, int64_t keep_milliseconds) {
  amqp_table_entry_t entries[6];
  memset(entries, 0, sizeof entries);
  int count = 0;
  ward_amqp_text(&entries[count++], "x-queue-type", "quorum");
  ward_amqp_number(&entries[count++], "x-max-length", most);
  if (dead_exchange) {
    ward_amqp_text(&entries[count++], "x-overflow", "reject-publish");
    ward_amqp_text(&entries[count++], "x-dead-letter-exchange", dead_exchange);
    ward_amqp_text(&entries[count++], "x-dead-letter-routing-key", dead_key);
    ward_amqp_number(&entries[count++], "x-delivery-limit", delivery_limit);
  } else {
    ward_amqp_number(&entries[count++], "x-message-ttl", keep_milliseconds);
  }
  amqp_table_t arguments = {count, entries};
  amqp_queue_declare(state, channel, ward_amqp_bytes(name), 0, 1, 0, 0, arguments);
  int status = ward_amqp_outcome(amqp_get_rpc_reply(state));
  if (status) return status;
  amqp_queue_bind(
      state, channel, ward_amqp_bytes(name), ward_amqp_bytes(exchange), ward_amqp_bytes(name), amqp_empty_table);
  return ward_amqp_outcome(amqp_get_rpc_reply(state));
}

/// How many wait in a queue and how many listen to it.
static inline int ward_amqp_look(
    amqp_connection_state_t state, uint16_t channel, const char *name, uint32_t *messages, uint32_t *consumers) {
  amqp_queue_declare_ok_t *found =
      amqp_queue_declare(state, channel, ward_amqp_bytes(name), 1, 0, 0, 0, amqp_empty_table);
  int status = ward_amqp_outcome(amqp_get_rpc_reply(state));
  if (status) return status;
  if (!found) return AMQP_STATUS_UNEXPECTED_STATE;
  *messages = found->message_count;
  *consumers = found->consumer_count;
  return 0;
}

static inline int ward_amqp_consume(
    amqp_connection_state_t state, uint16_t channel, const char *queue, uint16_t prefetch) {
  amqp_basic_qos(state, channel, 0, prefetch, 0);
  int status = ward_amqp_outcome(amqp_get_rpc_reply(state));
  if (status) return status;
  amqp_basic_consume(state, channel, ward_amqp_bytes(queue), amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
  return ward_amqp_outcome(amqp_get_rpc_reply(state));
}

/// Persistent and mandatory: what no queue takes comes back.
static inline int ward_amqp_publish(
    amqp_connection_state_t state, uint16_t channel, const char *exchange, const char *key, const char *body) {
  amqp_basic_properties_t properties;
  memset(&properties, 0, sizeof properties);
  properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG;
  properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
  return amqp_basic_publish(
      state, channel, ward_amqp_bytes(exchange), ward_amqp_bytes(key), 1, 0, &properties, ward_amqp_bytes(body));
}

static inline int ward_amqp_close(amqp_connection_state_t state) {
  struct timeval limit = {1, 0};
  amqp_set_rpc_timeout(state, &limit);
  return ward_amqp_outcome(amqp_connection_close(state, AMQP_REPLY_SUCCESS));
}
