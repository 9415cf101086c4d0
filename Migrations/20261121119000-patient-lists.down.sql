CREATE INDEX patients_status ON ward.patients (hospital_id, status, id DESC);
DROP INDEX ward.patients_here;
ALTER TABLE ward.patient_accesses ADD FOREIGN KEY (hospital_id, patient_id) REFERENCES ward.patients (hospital_id, id);
