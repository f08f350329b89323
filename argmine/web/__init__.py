"""The local web application: `argmine serve`. Needs the extra `web`.

    request ─ watch ─ guard ─ admission ─ api ─ service ─ batching ─ miner.mine_many

`watch` counts, logs and shields; `guard` checks host and token; `admission` bounds size, number and time. No text is
kept, and none is logged.
"""
