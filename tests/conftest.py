"""What all tests need."""

import signal

# Whoever starts the tests in the background or behind `nohup` has these signals ignored, by the tests and by every
# program that they start; those that are to end by one would be waited for without end.
signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)
