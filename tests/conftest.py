"""What all tests need."""

import signal

from hypothesis import settings

# Whoever starts the tests in the background or behind `nohup` has these signals ignored, by the tests and by every
# program that they start; those that are to end by one would be waited for without end.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_DFL)
