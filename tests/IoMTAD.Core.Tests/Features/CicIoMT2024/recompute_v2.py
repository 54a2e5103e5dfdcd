"""Recomputes ciciomt2024-v2 rows of an Ethernet capture from tshark's fields, apart from the code under test.

usage: recompute_v2.py CAPTURE [WINDOW]     prints one row per line, repr of each value, comma-separated
"""
import math
import statistics
import subprocess
import sys
from fractions import Fraction

FIELDS = ("frame.time_epoch frame.cap_len eth.type arp.opcode ip.version ip.proto ip.ttl ip.frag_offset tcp.srcport tcp.dstport "
          "tcp.hdr_len tcp.flags udp.srcport udp.dstport vlan.id").split()


def packets(capture):
    command = ["tshark", "-r", capture, "-n", "-T", "fields", "-E", "occurrence=f", "-o", "ip.defragment:FALSE",
               "-o", "tcp.desegment_tcp_streams:FALSE"]
    for field in FIELDS:
        command += ["-e", field]
    for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
        yield dict(zip(FIELDS, line.split("\t")))


def number(text):
    return int(text, 0) if text else 0


def record(p):
    arp = p["eth.type"] == "0x0806"
    tcp = p["ip.proto"] == "6" and p["tcp.hdr_len"] != ""
    udp = p["ip.proto"] == "17" and p["udp.srcport"] != ""
    layer = "tcp" if tcp else "udp"
    ports = (number(p[layer + ".srcport"]), number(p[layer + ".dstport"]))
    flags = number(p["tcp.flags"]) if tcp else 0
    r = {"time": float(p["frame.time_epoch"]), "size": int(p["frame.cap_len"])}
    r["header"] = number(p["tcp.hdr_len"]) if tcp else 8 if udp else 0
    r["protocol"] = 0 if arp else number(p["ip.proto"])
    r["ttl"] = 0 if arp else number(p["ip.ttl"])
    r["flags"] = [int(flags & bit != 0) for bit in (0x01, 0x02, 0x04, 0x08, 0x10, 0x40, 0x80)]
    r["ports"] = [int(tcp and 80 in ports), int(tcp and 443 in ports), int(udp and 53 in ports), int(tcp and 23 in ports),
                  int(tcp and 25 in ports), int(tcp and 22 in ports), int(tcp and 21 in ports)]
    r["kinds"] = [int(tcp), int(udp), int(udp and set(ports) == {67, 68}), int(arp), int(not arp and p["ip.proto"] == "1"),
                  int(not arp and p["ip.proto"] == "2"), int(not arp), int(not arp)]
    return r


def row(window):
    def mean(values):
        return float(Fraction(sum(map(Fraction, values)), len(window)))

    protocols = [r["protocol"] for r in window]
    sizes = [r["size"] for r in window]
    times = [r["time"] for r in window]
    flags = [sum(r["flags"][i] for r in window) for i in range(7)]
    many = len(window) > 1
    span = max(times) - min(times)
    return ([mean(r["header"] for r in window), min(p for p in protocols if protocols.count(p) == max(map(protocols.count, protocols))),
             mean(r["ttl"] for r in window), len(window) / span if span else math.inf]
            + [f / len(window) for f in flags] + [flags[4], flags[1], flags[0], flags[2]]
            + [mean(r["ports"][i] for r in window) for i in range(7)] + [mean(r["kinds"][i] for r in window) for i in range(8)]
            + [sum(sizes), min(sizes), max(sizes), mean(sizes), statistics.stdev(sizes) if many else math.nan, mean(sizes),
               mean(r["gap"] for r in window), len(window), statistics.variance(sizes) if many else math.nan])


def main():
    length = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    records = [record(p) for p in packets(sys.argv[1])
               if not p["vlan.id"] and (p["eth.type"] == "0x0806" or (p["eth.type"] == "0x0800" and p["ip.version"] == "4"))]
    for before, r in zip([None] + records, records):
        r["gap"] = r["time"] - before["time"] if before else 0
    for start in range(0, len(records), length):
        print(",".join(repr(value) for value in row(records[start:start + length])))


main()
