"""What a token lets a program do. It narrows what its person may do, and never adds to it."""

from enum import StrEnum


class Scope(StrEnum):
    """What a token is good for."""

    READ = "read"
    WRITE = "write"

    @property
    def label(self) -> str:
        """The scope in words."""
        return {"read": "Look, and change nothing", "write": "Look and change"}[self.value]

    def allows(self, needed: "Scope") -> bool:
        """Say whether a token of this scope may do what another asks for."""
        return self is Scope.WRITE or self is needed
