"""Asks an endpoint with SPARQLWrapper, as a script of a user would; prints the rows as JSON."""
import json
import sys

from SPARQLWrapper import JSON, POST, SPARQLWrapper

endpoint = SPARQLWrapper(sys.argv[1], agent="newsgraph tests")
endpoint.setReturnFormat(JSON)
endpoint.setMethod(POST)
# SPARQLWrapper 2 finds out what kind of query it has by looking for words such as ADD or LOAD, and leaves every second
# line of comments in when it does: with the word “address” in its header, a question would be sent as an update.
with open(sys.argv[2], encoding="utf-8") as file:
    endpoint.setQuery("".join(line for line in file if not line.startswith("#")))
print(json.dumps(endpoint.query().convert()["results"]["bindings"]))
