"""Who may speak to whom on several machines: nobody, but where a policy says so."""

from tests.deploy.cluster import container, given, of_kind, pods


def test_everything_is_closed_that_no_policy_opens() -> None:
    policies = of_kind("NetworkPolicy")
    closed = policies.pop("nothing")["spec"]
    assert closed == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    chosen = [each["spec"]["podSelector"].get("matchLabels", {}) for each in policies.values()]
    worn = [pod["metadata"]["labels"] for pod in pods().values()]
    opened, used = ({label for labels in each for label in labels if "hotline/" in label} for each in (chosen, worn))
    assert opened == used
    ports = {port["name"] for pod in pods().values() for port in container(pod).get("ports", [])}
    for each in policies.values():
        for rule in each["spec"].get("ingress", []):
            assert {port["port"] for port in rule["ports"]} <= ports


def test_policies_open_the_ports_of_the_addresses() -> None:
    def opened(name: str) -> set[int]:
        return {port["port"] for rule in of_kind("NetworkPolicy")[name]["spec"]["egress"] for port in rule["ports"]}

    assert opened("engine") == {int(given()["TEMPORAL_ADDRESS"].rpartition(":")[2])}
    assert opened("database") == {5432}
