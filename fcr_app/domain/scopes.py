"""What a token lets a program do. It narrows what its person may do, and never adds to it."""

from enum import StrEnum


class Scope(StrEnum):
    """What a token is good for."""

    READ = "read"
    WRITE = "write"
    ADMINISTER = "administer"

    @property
    def label(self) -> str:
        """The scope in words."""
        return {
            "read": "Look, and change nothing",
            "write": "Look and change",
            "administer": "Look, change, and manage accounts, access and settings",
        }[self.value]

    @property
    def most_days(self) -> int:
        """How long a token of this scope may last: less where a leaked one could do more."""
        return 7 if self is Scope.ADMINISTER else 365

    def allows(self, needed: "Scope") -> bool:
        """Say whether a token of this scope may do what another asks for."""
        order = tuple(Scope)
        return order.index(self) >= order.index(needed)
