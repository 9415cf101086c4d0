-- Why: takes away services, devices and numbers; messages go by the platform's services alone.
DROP FUNCTION ward.forget_reply_codes(), ward.answerer_of(uuid, uuid), ward.replies_to(bytea[], uuid),
  ward.is_proved_phone(uuid, bytea[]), ward.prove_phone(uuid, text[]),
  ward.proved_phone(uuid);
DROP TABLE ward.own_phones, ward.reply_codes, ward.push_tokens, ward.channel_settings;
