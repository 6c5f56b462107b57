"""Which addresses are public, in every spelling; nothing here touches the network."""

from __future__ import annotations

import ipaddress
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadInputError
from archive.urls.addresses import Allowed, literal_host, why_refused

FUNKY = os.environ.get("ISW_ARCHIVE_TEST_FUNKY_IPV4")

REFUSED = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",  # a cloud's metadata
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::8.8.8.8",
    "64:ff9b:1:ffff::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:808:808::1",
    "3fff::1",
    "3fff:fff:ffff::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "not an address",
    "",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450::1",
    "3ffe::1",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused_with_a_reason(address: str) -> None:
    assert why_refused(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_let_through(address: str) -> None:
    assert why_refused(address) is None


@given(st.integers(0, 2**32 - 1))
def test_what_python_calls_private_is_never_public(number: int) -> None:
    address = ipaddress.IPv4Address(number)
    if not address.is_global or address.is_multicast:
        assert why_refused(str(address))


@given(st.integers(0, 2**32 - 1), st.sampled_from(["::ffff:", "64:ff9b::"]))
def test_a_carried_address_is_judged_like_the_address_itself(number: int, prefix: str) -> None:
    inner = str(ipaddress.IPv4Address(number))
    assert bool(why_refused(prefix + inner)) == bool(why_refused(inner))


# The spelling, and the address that inet_aton and browsers make of it; None when they make none.
SPELLINGS = [
    ("127.0.0.1", "127.0.0.1"),
    ("127.0.0.1.", "127.0.0.1"),
    ("127.1", "127.0.0.1"),
    ("127.0.1", "127.0.0.1"),
    ("127.65535", "127.0.255.255"),
    ("2130706433", "127.0.0.1"),
    ("0x7f000001", "127.0.0.1"),
    ("0X7F.1", "127.0.0.1"),
    ("0x7f.0x0.0x0.0x1", "127.0.0.1"),
    ("017700000001", "127.0.0.1"),
    ("0177.0.0.01", "127.0.0.1"),
    ("00000000177.1", "127.0.0.1"),
    ("0x", "0.0.0.0"),
    ("0x.0x.0x.0x", "0.0.0.0"),
    ("0", "0.0.0.0"),
    ("010.8.8.8", "8.8.8.8"),
    ("169.16689662", "169.254.169.254"),
    ("0xA9FEA9FE", "169.254.169.254"),
    ("192.0x00a80001", "192.168.0.1"),
    ("１２７．０．０．１", "127.0.0.1"),
    ("127。0。0。1", "127.0.0.1"),
    ("①②⑦.0.0.1", "127.0.0.1"),
    ("%31%32%37.0.0.1", "127.0.0.1"),
    ("%30x7f.1", "127.0.0.1"),
    ("[::1]", "::1"),
    ("[::ffff:7f00:1]", "::ffff:127.0.0.1"),
    ("[0:0:0:0:0:0:0:1]", "::1"),
    ("[fe80::1%25eth0]", "fe80::1"),
    ("fe80::1%eth0", "fe80::1"),
    ("[::127.0.0.1]", "::127.0.0.1"),
    ("256.0.0.1", None),
    ("1.2.3.4.5", None),
    ("1.2.65536", None),
    ("4294967296", None),
    ("08.1.1.1", None),
    ("0x7g.1", None),
    ("127..1", None),
    ("[::1", None),
    ("[v1.fe80]", None),
    ("example.com", None),
    ("1.com", None),
    ("", None),
    (".", None),
    ("-1", None),
    ("9" * 5000, None),
]


@pytest.mark.parametrize(("spelling", "address"), SPELLINGS)
def test_every_spelling_of_an_address_is_read(spelling: str, address: str | None) -> None:
    expected = None if address is None else ipaddress.ip_address(address)
    assert literal_host(spelling) == expected


@pytest.mark.skipif(not FUNKY, reason="ISW_ARCHIVE_TEST_FUNKY_IPV4 names no table")
def test_the_table_of_urlcanon_is_read_alike() -> None:
    table = json.loads(Path(FUNKY or "").read_text(encoding="utf-8"))
    read = {spelling: literal_host(spelling) for spelling in table}
    assert {k: v and str(v) for k, v in read.items()} == table


@given(st.text(max_size=60))
def test_no_host_breaks_the_reader(host: str) -> None:
    literal_host(host)
    Allowed().why_host_refused(host)


@pytest.mark.parametrize("spelling", [s for s, a in SPELLINGS if a and a != "8.8.8.8"])
def test_a_forbidden_host_is_refused_in_every_spelling(spelling: str) -> None:
    assert Allowed().why_host_refused(spelling) is not None


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "printer.local",
        "metadata.google.internal",
        "router.home.arpa",
        "intranet",
        "abc.onion",
        "localhost.localdomain",
        "LocalHost.LocalDomain.",
        "localhost6.localdomain6",
        "nas.lan",
        "Wiki.Corp.",
        "localhost..",
        "127.0.0.1..",
        "",
        "1.2.3.4.5",
        "a.0x7f",
        "[v1.fe80]",
        "a b.example",
        "a\\b.example",
        "x" * 254,
    ],
)
def test_a_name_that_is_never_public_is_refused(host: str) -> None:
    assert Allowed().why_host_refused(host) is not None


@pytest.mark.parametrize(
    "host",
    ["t.me", "understandingwar.org.", "xn--e1afmkfd.xn--p1ai", "кто.рф", "a_b.example", "8.8.8.8"],
)
def test_a_name_that_may_be_public_is_let_through(host: str) -> None:
    assert Allowed().why_host_refused(host) is None


def test_an_opened_network_is_let_through_and_nothing_beside_it() -> None:
    allowed = Allowed.of(["127.0.0.1", "10.1.0.0/16"])
    assert allowed.why_refused("127.0.0.1") is None
    assert allowed.why_refused("::ffff:127.0.0.1") is None
    assert allowed.why_refused("10.1.255.255") is None
    assert allowed.why_refused("127.0.0.2") is not None
    assert allowed.why_refused("10.2.0.0") is not None
    assert allowed.why_refused("64:ff9b::127.0.0.1") is not None
    assert allowed.why_refused("2002:7f00:1::") is not None
    assert allowed.why_refused("8.8.8.8") is None


def test_an_opened_network_lets_local_names_be_looked_up() -> None:
    assert Allowed.of(["10.0.0.0/8"]).why_host_refused("mirror.internal") is None
    assert Allowed.of(["10.0.0.0/8"]).why_host_refused("127.1") is not None


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "Mirror.Internal.",
        "localhost.localdomain",
        "a.home.arpa",
        "intranet",
        "x.LOCAL",
    ],
)
def test_a_local_name_is_no_question_for_a_proxy_whatever_is_opened(host: str) -> None:
    opened = Allowed.of(["127.0.0.0/8", "10.0.0.0/8"])
    assert opened.why_host_refused(host, proxied=True) is not None
    assert opened.why_host_refused("site.example", proxied=True) is None
    assert opened.why_host_refused("127.0.0.1", proxied=True) is None


@pytest.mark.parametrize("text", ["10.0.0.1/8", "ten", "", "10.0.0.0/33", "example.com"])
def test_a_network_that_is_none_is_a_clear_error(text: str) -> None:
    with pytest.raises(BadInputError, match="allow_networks"):
        Allowed.of([text])
