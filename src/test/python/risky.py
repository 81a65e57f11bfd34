"""Guards an operation by the example, as an application does: risky.py <address> <well | badly>, for how the operation ends."""

import sys

from neo4j import GraphDatabase
from upgrade import risky_operation

address, end = sys.argv[1:]
with GraphDatabase.driver(address, auth=("neo4j", "")) as driver:

    def operation():
        with driver.session(database="neo4j") as session:
            session.run("CREATE (:Done)").consume()
        if end == "badly":
            raise ValueError("the analysis has failed")

    risky_operation(driver, operation)
