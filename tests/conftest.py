"""What all tests need."""

import signal

# A shell that starts the tests in the background has Ctrl-C ignored, by them and by every program that they start;
# those that are to end by it would be waited for without end.
signal.signal(signal.SIGINT, signal.default_int_handler)
