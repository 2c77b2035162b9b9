"""Ids of rows in URLs."""

from werkzeug.routing import IntegerConverter

from mse.core.database import ID_MAX


class RowId(IntegerConverter):
    """URL converter of row ids that both databases can hold. A larger number gives 404."""

    regex = r"\d{1,10}"  # int() refuses thousands of digits

    def __init__(self, map: object, *args: object, **kwargs: object) -> None:
        super().__init__(map, *args, **{"max": ID_MAX, **kwargs})  # type: ignore[arg-type]
