"""One import of a whole mailbox; started by bench_import in a process of its own. Prints one JSON object."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path


def main() -> None:
    # Here, as in the program itself: its worker processes run this module too and need none of it.
    from deskhelp.services import accounts, passwords
    from deskhelp.services.office import Office
    from deskhelp.services.sync import sync_once
    from deskhelp.settings import open_profile

    how = json.loads(sys.argv[1])
    with Office.open(open_profile(Path(how["profile"]))) as office:
        form = accounts.AccountForm("Support", "support@example.com", how["imap"], ca_file=how["ca_file"])
        box = accounts.add(office, form)
        passwords.keep(box.id, how["password"], remember=False)
        started = time.perf_counter()
        done = sync_once(office)
        seconds = time.perf_counter() - started
    if done.troubles:
        raise SystemExit(str(done.troubles))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "fetched": done.taken.fetched, "rss_mb": memory}))


if __name__ == "__main__":
    main()
