meta
key;value
description;Green scores of Marram
country;Nowhere
unit;Marram
instance;2026
num_projects;2
num_votes;3
budget;80
vote_type;scoring
rule;unknown
date_begin;2025
date_end;2026
min_points;0
max_points;5

projects
project_id;cost;score
oak;50;9
elm;40;3

votes
voter_id;vote;points
1;oak,elm;5,0
2;elm,oak;3,4
3;oak;0

