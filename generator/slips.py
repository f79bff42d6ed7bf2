"""Two words in, how many slips of the keyboard lie between them out.

Optimal string alignment: letters are left out, put in, mistaken or swapped with their neighbour, and no stretch is
edited twice.
"""


def slips(one: str, other: str, most: int) -> int | None:
    """Return the number of slips, no more than `most`; None above."""
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:  # a swap looks back two rows
            return None
    return row[-1] if row[-1] <= most else None
