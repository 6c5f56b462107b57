"""What waits is divided into one job a domain."""

from archive.model.fetch import Target
from archive.model.vocabulary import Kind
from pipeline.decide.batches import WITNESSES, batches, name_of, shared_name, with_witnesses


def due(*urls: str) -> list[Target]:
    return [Target(url, Kind.SOURCE, "cited") for url in urls]


def divided(*urls: str, **more: object) -> dict[str, list[str]]:
    found = batches(due(*urls), shared_name, spent={}, **more)  # type: ignore[arg-type]
    return {one.domain: [target.url for target in one.targets] for one in found}


def test_each_domain_has_one_job_in_the_order_of_what_waits() -> None:
    urls = ("https://b.com/1", "https://www.a.com/1", "https://sub.b.com/2")
    assert divided(*urls) == {
        "b.com": ["https://b.com/1", "https://sub.b.com/2"],
        "a.com": ["https://www.a.com/1"],
    }


def test_a_platform_is_one_however_its_hosts_are_called() -> None:
    urls = ("https://x.com/a/status/12345", "https://twitter.com/b/status/23456")
    assert list(divided(*urls)) == ["x"]
    assert list(divided("https://t.me/one/1", "https://t.me/s/two")) == ["telegram"]


def test_what_a_job_has_already_is_left_out_and_the_rest_waits_for_the_next() -> None:
    urls = [f"https://a.com/{n}" for n in range(5)]
    assert divided(*urls, under_way={urls[0]}, most=2) == {"a.com": urls[1:3]}


def test_a_job_says_what_its_domain_has_had_today() -> None:
    [one] = batches(due("https://a.com/"), shared_name, spent={"a.com": 7})
    assert one.spent == 7


def test_no_host_vouches_for_two_workers_networks_nor_one_that_a_job_asks() -> None:
    found = batches(due("https://a.com/", "https://b.com/"), shared_name, spent={})
    hosts = ["www.a.com", *(f"h{n}.org" for n in range(20))]
    first, second = with_witnesses(found, hosts, shared_name)
    assert len(first.witnesses) == len(second.witnesses) == WITNESSES
    assert not {*first.witnesses} & {*second.witnesses}
    assert "www.a.com" not in first.witnesses + second.witnesses


def test_what_is_no_address_has_a_name_all_the_same() -> None:
    assert name_of("https://www.a.com/1") == "a.com"
    assert name_of("http://[no") == "http://[no"
