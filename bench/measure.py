"""Whole processes measured from outside: wall clock and peak memory, medians of several runs."""
import dataclasses
import os
import platform
import statistics
import subprocess
import tempfile
import time


@dataclasses.dataclass
class Run:
    seconds: float
    processors: float  # Seconds of all processors, in the program and in the system for it.
    peak_mb: float
    output: str

    def printed(self, name):
        """The number behind `name: ` in the output of the program."""
        for line in self.output.splitlines():
            if line.startswith(name + ": "):
                return float(line.split()[1])
        raise KeyError(f"{name} was not printed: {self.output}")


def run(command):
    """Runs a command to its end. GNU time stands between, because a child starts with the peak of its parent."""
    with tempfile.NamedTemporaryFile("r", suffix=".peak") as peak:
        words = ["/usr/bin/time", "--format=%M %U %S", f"--output={peak.name}", *(str(word) for word in command)]
        begin = time.monotonic()
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        seconds = time.monotonic() - begin
        output = done.stdout.decode("utf-8", "replace")
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{output[-4000:]}")
        kib, user, system = peak.read().split()[-3:]
        return Run(seconds, float(user) + float(system), int(kib) / 1024, output)


def alternately(times, *sides):
    """Calls the sides in turn, so that both meet the same machine; the first round only warms. Runs by side."""
    for side in sides:
        side()
    rounds = [[side() for side in sides] for _ in range(times)]
    return [[row[i] for row in rounds] for i in range(len(sides))]


def median(values):
    return statistics.median(values)


def machine():
    model, memory = "unknown processor", ""
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        model = names[0] if names else model
    with open("/proc/meminfo", encoding="utf-8") as lines:
        kib = int(next(line for line in lines if line.startswith("MemTotal")).split()[1])
        memory = f"{kib / 1024 / 1024:.0f} GiB"
    return f"{model}, {os.cpu_count()} cores, {memory}, {platform.system()} {platform.release().split('-')[0]}"
