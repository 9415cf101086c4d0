-- Takes back the chart and the ratings of doctors.
DROP TABLE ward.doctor_scores;
DROP TABLE ward.doctor_ratings;
DROP TABLE ward.chart_items;
