"""Places, homes, bodies and offices; the rules that hold where and since when."""
