"""What every test of the command is given."""

import signal

import pytest

ENDS = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


@pytest.fixture(autouse=True)
def as_in_a_terminal():
    """What a test starts hears signals, also where whoever runs the tests does not: after nohup, or
    in a shell's background."""
    deaf = [sign for sign in ENDS if signal.getsignal(sign) is signal.SIG_IGN]
    for sign in deaf:
        signal.signal(sign, signal.SIG_DFL)
    yield
    for sign in deaf:
        signal.signal(sign, signal.SIG_IGN)
