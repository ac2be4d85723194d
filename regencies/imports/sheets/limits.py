"""How much a file may hold: enough for every region of the country several times over."""

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 30 * 1024 * 1024  # zipfile reads no more of a part than its entry announces
MAX_PARTS = 500
MAX_COLUMNS = 200
MAX_ROWS = 5_000
MAX_EXAMINED = 500  # faulty rows asked about every rule of the list; others only the first
LONGEST_ECHO = 80  # characters of a cell that a problem repeats
LONGEST_TEXT = 32_767  # where Excel cuts a cell
