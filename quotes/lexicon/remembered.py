"""Look-ups that are remembered: the words of a text recur, and the rules ask for each many times."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")
_MOST = 50_000  # forms, after which memory starts anew


class remembered(Generic[Value]):
    """A method of one string that looks up each string once for each object.

    Like :func:`functools.cached_property`, it puts what it makes into the object's ``__dict__``, so that afterwards a
    call costs no more than a look into a dictionary.
    """

    def __init__(self, look_up: Callable[[Any, str], Value]) -> None:
        self._look_up = look_up
        self._name = look_up.__name__
        self.__doc__ = look_up.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> remembered[Value]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Callable[[str], Value]: ...
    def __get__(self, instance: object | None, owner: type) -> remembered[Value] | Callable[[str], Value]:
        if instance is None:
            return self
        memory = _Memory(self._look_up.__get__(instance))
        instance.__dict__[self._name] = memory.__getitem__
        return memory.__getitem__


class _Memory(dict[str, Value]):
    def __init__(self, look_up: Callable[[str], Value]) -> None:
        self._look_up = look_up

    def __missing__(self, form: str) -> Value:
        value = self._look_up(form)
        if len(self) >= _MOST:
            self.clear()
        self[form] = value
        return value
