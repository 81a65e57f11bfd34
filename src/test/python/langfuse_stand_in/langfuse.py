"""Stands in for Langfuse's library: writes what it is told to the file STAND_IN_CALLS, one JSON object a line."""

import functools
import json
import os

TRACE = "0123456789abcdef0123456789abcdef"


def _tell(call, **said):
    with open(os.environ["STAND_IN_CALLS"], "a", encoding="utf-8") as calls:
        calls.write(json.dumps({"call": call, **said}) + "\n")


def observe(*, name):
    def of(function):
        @functools.wraps(function)
        def observed(*arguments, **named):
            _tell("observe", name=name)
            return function(*arguments, **named)

        return observed

    return of


class _Client:
    def get_current_trace_id(self):
        return TRACE

    def update_current_span(self, *, metadata):
        _tell("update_current_span", metadata=metadata)

    def score_current_trace(self, *, name, value, data_type, comment):
        _tell("score_current_trace", name=name, value=value, data_type=data_type, comment=comment)

    def flush(self):
        _tell("flush")


def get_client():
    return _Client()
