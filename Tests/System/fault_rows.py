"""What was seen of one fault, and the table of all of them."""

from dataclasses import dataclass


@dataclass
class Row:
    """`lost`, `doubled` and `wrong` must be nought; `beyond` counts what took longer than was promised."""

    fault: str
    tried: int
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    beyond: int = 0
    notes: str = ""

    @property
    def violations(self) -> int:
        return self.lost + self.doubled + self.wrong + self.beyond

    def __str__(self) -> str:
        numbers = "".join(f"{number:>9}" for number in (self.tried, self.lost, self.doubled, self.wrong, self.violations))
        return f"{self.fault:<44}{numbers}  {self.notes}"


HEAD = f"{'fault':<44}" + "".join(f"{name:>9}" for name in ("tried", "lost", "doubled", "wrong", "violate")) + "  notes"
