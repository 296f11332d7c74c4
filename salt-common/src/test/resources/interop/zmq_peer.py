"""The other side of a transport test, on libzmq. Reports on standard output, ends with its input."""

import sys
import threading

import zmq

context = zmq.Context()
mode, *arguments = sys.argv[1:]


def say(*words):
    print(*words, flush=True)


def ends_with_input(work):
    threading.Thread(target=work, daemon=True).start()
    sys.stdin.read()


def bound(kind):
    socket = context.socket(kind)
    say(socket.bind_to_random_port("tcp://127.0.0.1"))
    return socket


def requests():
    """One connection for each request, as real minions do it."""
    port, count = arguments[0], int(arguments[1])
    for number in range(count):
        socket = context.socket(zmq.REQ)
        socket.linger = 0
        socket.connect(f"tcp://127.0.0.1:{port}")
        socket.send_string(f"request {number}")
        if not socket.poll(10000):
            sys.exit(f"no reply to request {number}")
        reply = socket.recv_multipart()
        if reply != [f"re: request {number}".encode()]:
            sys.exit(f"wrong reply {reply}")
        socket.close()
    say("done", count)


def router():
    socket = bound(zmq.ROUTER)

    def work():
        while True:
            frames = socket.recv_multipart()
            say(len(frames), frames[1].hex() or "empty")
            socket.send_multipart([frames[0], b"", b"py: " + frames[2]])

    ends_with_input(work)


def subscriber():
    socket = context.socket(zmq.SUB)
    for prefix in arguments[1:]:
        socket.subscribe(prefix)
    socket.connect(f"tcp://127.0.0.1:{arguments[0]}")

    def work():
        while True:
            say("|".join(frame.decode() for frame in socket.recv_multipart()))

    ends_with_input(work)


def publisher():
    socket = bound(zmq.PUB)

    def work():
        number = 0
        while True:
            number += 1
            socket.send_multipart([b"broadcast", str(number).encode()])
            socket.send_multipart([b"other", str(number).encode()])
            threading.Event().wait(0.02)

    ends_with_input(work)


{"requests": requests, "router": router, "subscriber": subscriber, "publisher": publisher}[mode]()
