# To be sourced: start_test_broker starts a throw-away RabbitMQ (Tests/System/rabbit.py), stop_test_broker ends it.
# Sets WARD_TEST_AMQP_URL.

start_test_broker() {
  local line
  coproc TEST_BROKER { python3 Tests/System/rabbit.py; }
  TEST_BROKER_PROCESS=$TEST_BROKER_PID
  TEST_BROKER_INPUT=${TEST_BROKER[1]}
  read -r -t 120 line <&"${TEST_BROKER[0]}" || { stop_test_broker; return 1; }
  export WARD_TEST_AMQP_URL=$line
}

stop_test_broker() {
  if [ -z "${TEST_BROKER_PROCESS:-}" ]; then return; fi
  # Its input ends, and so does it.
  eval "exec $TEST_BROKER_INPUT>&-"
  wait "$TEST_BROKER_PROCESS" 2>/dev/null || true
  TEST_BROKER_PROCESS=
  unset WARD_TEST_AMQP_URL
}
