"""Real Salt's own tools on our event bus. Arguments: master or minion, sock_dir, minion id."""

import sys

import salt.config
import salt.utils.event

node, sock_dir, minion_id = sys.argv[1:]
defaults = salt.config.master_config if node == "master" else salt.config.minion_config
opts = defaults(None)
opts.update(sock_dir=sock_dir, id=minion_id)


def say(*words):
    print(*words, flush=True)


with salt.utils.event.get_event(
    node, sock_dir=sock_dir, opts=opts, listen=True
) as bus:
    say("listening")
    for line in sys.stdin:
        command, tag = line.split()
        if command == "fire":
            fired = bus.fire_event({"text": "ä", "number": 3, "raw": b"\xff\x00"}, tag)
            say("fired", fired)
        else:
            event = bus.get_event(wait=20, tag=tag, full=True)
            say(event["tag"], sorted(event["data"]) if event else None)
