"""YAML in which every value is a text, a list or a table. This is the only file that imports PyYAML."""

from typing import Any

import yaml  # type: ignore[import-untyped,unused-ignore]


class YamlError(ValueError):
    """What is no YAML; `line` is 1-based in it."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


class _Texts(yaml.BaseLoader):  # type: ignore[misc,unused-ignore]
    """No type is guessed, and no value stands for another one: a few lines of aliases would make a million values."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.MarkedYAMLError(problem="a value is repeated by an alias (*): write it out", problem_mark=mark)
        return super().compose_node(parent, index)


def load(text: str) -> Any:
    """The value; YamlError when it cannot be read."""
    try:
        return yaml.load(text, Loader=_Texts)  # noqa: S506 - it makes texts, lists and tables, nothing else
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(error.problem or error.context or "it cannot be read", mark.line + 1 if mark else 1) from None
    except RecursionError:
        raise YamlError("it is nested too deep", 1) from None
    except (yaml.YAMLError, ValueError) as error:
        raise YamlError(str(error).splitlines()[0], 1) from None
