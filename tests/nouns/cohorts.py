"""Next year's cohort: the routes of the guided path."""

#: (route, method) -> what the ministry gets
OWN = {
    ("programs_cohort_next", "get"): 200,
    ("programs_cohort_next", "post"): 200,
    ("programs_cohort_prepare", "get"): 200,
    ("programs_cohort_prepare", "post"): 302,
    ("programs_cohort_participants", "get"): 200,
    ("programs_cohort_participants", "post"): 200,
    ("programs_cohort_publish", "get"): 200,
    ("programs_cohort_publish", "post"): 302,
}


def of_the_cohort(rows):
    return [rows["programs_cohort"].pk], {}


OWN_ADDRESSES = {
    "programs_cohort_prepare": of_the_cohort,
    "programs_cohort_participants": of_the_cohort,
    "programs_cohort_publish": of_the_cohort,
}
