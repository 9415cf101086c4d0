ALTER POLICY colleague ON ward.users USING (id IN (SELECT user_id FROM ward.memberships
  WHERE hospital_id = NULLIF(current_setting('ward.hospital', true), '')::uuid));
