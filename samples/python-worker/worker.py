#!/usr/bin/python3
"""A worker of Blaze.Storage in Python: offers functions to every program of a cluster, one call at a time.

    apt-get install python3-redis
    samples/python-worker/worker.py        (the cluster of `blaze up`, or the one BLAZE_CENTER names: redis://:password@host:6379/demo)

docs/protocol.md, docs/calls.md and docs/values.md are all it goes by. Results are bytes, or what JSON can say, of at most 64 KiB. SIGTERM
stops it: what it was computing is done elsewhere. For functions of your own import this file, put @operation("name") above each, and run a Worker.
"""
import ast, base64, collections, hashlib, hmac, json, os, pathlib, re, secrets, signal, socket, struct, threading, time, traceback
import urllib.parse, urllib.request
import redis

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "src/Blaze.Storage.Center/Scripts"
SHARD = ("tasks recipes needs links aliases errors jobs feed owned workers seen ready leased joblist ended purge wake meta near places "
         "results sessions later").split()
PROTOCOL, DONE, NO_RECIPE, MOST_LOSSES, MOST_INLINE = "3", 1, -7, 3, 64 << 10
NPY = dict(b1="?", i1="b", u1="B", i2="h", u2="H", i4="i", u4="I", i8="q", u8="Q", f2="e", f4="f", f8="d")
OPERATIONS = {"py-sum": sum}

def operation(name):
    """Offers a function under a name; name@2 is its second version."""
    return lambda function: OPERATIONS.setdefault(name, function)

@operation("wordcount")
def wordcount(text):
    return collections.Counter(re.findall(r"\w+", (text.decode() if isinstance(text, bytes) else text).lower()))

class Interrupt(BaseException):
    """Ends the function that runs, past its own handlers; a signal says why."""

class Lost(Exception):
    """A value that a call needs is nowhere any more."""

def compose(file, seen):
    """The text of a script with the files it includes, each once."""
    def include(line):
        return "" if line[1] in seen else seen.add(line[1]) or compose(SCRIPTS / f"includes/{line[1]}.lua", seen)
    return re.sub(r"^--- @(?:include|rarely) (\S+)$", include, file.read_text(), flags=re.M)

def decode(form, data):
    """What a value stands for: an array is a list of numbers, or a number where it has no axis."""
    if form != "npy":
        return json.loads(data) if form == "json" else bytes(data)
    at, size = (10, "<H") if data[6] == 1 else (12, "<I")
    start = at + struct.unpack_from(size, data, 8)[0]
    head = ast.literal_eval(data[at:start].decode("latin-1"))
    order, kind = head["descr"][0].replace("|", "<"), NPY.get(head["descr"][1:])
    if kind is None or len(head["shape"]) > 1:
        raise ValueError(f"this worker reads no arrays of type {head['descr']} and shape {head['shape']}")
    numbers = struct.unpack_from(f"{order}{head['shape'][0] if head['shape'] else 1}{kind}", data, start)
    return list(numbers) if head["shape"] else numbers[0]

class Worker:
    def __init__(self, center, lease=10):
        url = urllib.parse.urlsplit(center)
        space, password = url.path.strip("/") or "default", urllib.parse.unquote(url.password or "") or None
        self.shard, self.values = f"blaze:{{{space}/0}}:", f"blaze:{{{space}/values}}:v:".encode()
        self.redis = redis.Redis(url.hostname, url.port or 6379, password=password, ssl=url.scheme == "rediss")
        self.scripts = {file.stem.split("-")[0]: self.redis.register_script(compose(file, set())) for file in SCRIPTS.glob("*.lua")}
        self.host, self.lease = socket.gethostname(), int(lease * 1000)
        self.name = f"{self.host}-{os.getpid()}-{secrets.token_hex(3)}"
        self.places = [self.host, self.name] + [f"op:{name}" for name in OPERATIONS]
        self.held, self.todo, self.lost, self.computing, self.stopping = {}, [], set(), None, False

    def ask(self, action):
        """Asks the center until it answers; whatever is asked may be asked twice."""
        while True:
            try:
                return action()
            except (redis.ConnectionError, redis.TimeoutError) as away:
                if self.stopping:
                    raise SystemExit(f"The center is away; what this worker held is done elsewhere once its leases run out: {away}")
                time.sleep(0.5)

    def call(self, script, *arguments):
        return self.ask(lambda: self.scripts[script]([self.shard + name for name in SHARD], arguments))

    def field(self, key, name):
        return self.ask(lambda: self.redis.hget(self.shard + key, name))

    def beat(self, ended):
        """Says that this worker lives and what it holds; hears which of it is no longer its own."""
        while True:
            held = list(self.held.items())
            info = {"host": self.host, "pid": os.getpid(), "slots": 1, "running": len(held[:1]), "held": len(held), "operations": list(OPERATIONS)}
            words = (word for task in held for word in task)
            answers = self.call("renewLeases", self.name, json.dumps(info), self.lease, " ".join(self.places), *words)[1]
            self.lost.update(attempt for (_, attempt), status in zip(held, answers) if status != DONE)
            if self.computing in self.lost:
                signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
            if ended.wait(self.lease / 3000):
                return

    def on_signal(self, number, _):
        self.stopping = self.stopping or number in (signal.SIGTERM, signal.SIGINT)
        if self.computing and (number != signal.SIGUSR1 or self.computing in self.lost):
            self.computing = None
            raise Interrupt(number)

    def step(self, done):
        """Tells of a finished task and claims the next, if one waits for a worker like this; answers how long to pause."""
        reply = self.call("step", self.name, self.lease, 0 if self.stopping else 1, MOST_LOSSES, 86_400_000, 1000, 60_000,
                          " ".join(["=", *self.places]), 300, len(done) // 4, *done)  # = for: only what may run at these places only.
        claimed = [(key, attempt, json.loads(recipe), *rest) for key, attempt, _, recipe, *rest in zip(*[iter(reply[4])] * 6)]
        self.held.update(task[:2] for task in claimed)
        self.todo += claimed
        return 0 if reply[2] or done else min(0.5, reply[5] / 1000) if reply[5] >= 0 else 0.5

    def value(self, argument, inputs):
        """What an argument stands for; the value of a key came with the claim, or lies in the center, or with another worker."""
        if "l" in argument:
            return [self.value(one, inputs) for one in argument["l"]]
        if "k" not in argument:
            return argument["v"] if "v" in argument else decode(argument["f"], base64.b64decode(argument["b"]))
        key = argument["k"].encode()
        name = self.field("aliases", key) or key
        if result := inputs.get(key) or self.field("results", name):
            where, form, rest = result.split(b" ", 2)
            return decode(form.decode(), rest if where == b"i" else self.fetch(name, rest.split(b" ")[2].split(b",")[0]))
        stored = self.ask(lambda: self.redis.get(self.values + name))
        if stored is None:
            raise Lost(name)
        return decode(stored[1:1 + stored[0]].decode(), stored[1 + stored[0]:])

    def fetch(self, name, worker):
        secret = os.environ.get("BLAZE_CLUSTER_KEY") or (self.field("meta", "peers") or b"").decode()
        secret = bytes.fromhex(secret) if re.fullmatch("[0-9a-fA-F]+", secret) else base64.b64decode(secret)
        peers = json.loads(self.field("workers", worker) or "{}").get("peers") or ""
        token = hmac.new(secret, b"blaze-peer-v2 " + urllib.parse.urlsplit(peers).netloc.encode(), hashlib.sha256).hexdigest()
        try:
            request = urllib.request.Request(f"{peers}/v1/data/{urllib.parse.quote(name, safe='')}", headers={"Authorization": f"Bearer {token}"})
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=30) as answer:
                return answer.read()
        except (OSError, ValueError) as problem:
            raise Lost(name) from problem

    def compute(self, key, attempt, task, retries, inputs):
        """Runs a call; answers what to tell of it with the next step."""
        try:
            inputs = dict(zip(*[iter(inputs)] * 2))
            arguments = [self.value(argument, inputs) for argument in task["args"]]
            signal.setitimer(signal.ITIMER_REAL, task.get("limit", 0) / 1000)
            try:
                self.computing = attempt
                value = OPERATIONS[task["op"]](*arguments)
            finally:
                self.computing = None
            form, body = ("raw", value) if isinstance(value, (bytes, bytearray)) else ("json", json.dumps(value, allow_nan=False).encode())
            if len(body) > MOST_INLINE:
                raise ValueError(f"the result has {len(body)} bytes, and this worker gives at most {MOST_INLINE}")
            return key, attempt, "", f"i {form} ".encode() + body
        except Interrupt as interrupt:
            if interrupt.args[0] != signal.SIGALRM:
                return self.call("releaseTasks", key, attempt) and ()
            problem = TimeoutError(f"the call took longer than its time limit of {task['limit']} ms")
        except Lost as lost:
            if self.call("recomputeTask", key, attempt, MOST_LOSSES, *lost.args)[0] != NO_RECIPE:
                return ()
            problem = LookupError(f"the value of {lost.args[0].decode()} is lost, and nothing says how to make it again")
        except Exception as thrown:
            problem = thrown
        stack = "".join(traceback.format_tb(problem.__traceback__)[1:])[-16384:]
        error = json.dumps({"type": type(problem).__name__, "message": str(problem)[:4096], "stack": stack, "task": key.decode(), "worker": self.name})
        policy = task.get("retries", {"max": 0})
        if retries < policy["max"]:
            return self.call("retryTask", key, attempt, int(min(policy["delay"] * policy["factor"] ** retries, 600_000)), error) and ()
        return self.call("failTask", key, attempt, error) and ()

    def run(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGUSR1):
            signal.signal(number, self.on_signal)
        if self.ask(lambda: self.scripts["openCenter"]([f"{self.shard}meta"], [PROTOCOL]))[0] != DONE:
            raise SystemExit(f"The namespace speaks another version of the protocol than {PROTOCOL}; use another, or the worker that fits it.")
        ended, news, done = threading.Event(), self.redis.pubsub(), ()
        beating = threading.Thread(target=self.beat, args=[ended], daemon=True)
        beating.start()
        self.ask(lambda: news.subscribe(f"{self.shard}ready"))
        while done or not self.stopping:
            pause, done = self.step(done), ()
            if self.todo and not self.stopping:
                task = self.todo.pop(0)
                done = self.compute(*task)
                self.held.pop(task[0])
            elif pause:
                self.ask(lambda: news.get_message(True, pause))
        ended.set()
        beating.join()
        self.call("releaseTasks", *(word for task in self.todo for word in task[:2]))
        self.ask(lambda: (self.redis.hdel(f"{self.shard}workers", self.name), self.redis.zrem(f"{self.shard}seen", self.name)))

if __name__ == "__main__":
    running = pathlib.Path(os.environ["XDG_RUNTIME_DIR"] + "/blaze" if os.environ.get("XDG_RUNTIME_DIR") else f"/tmp/blaze-{os.getuid()}")
    Worker(os.environ.get("BLAZE_CENTER") or json.loads((running / "cluster.json").read_text())["center"]).run()
