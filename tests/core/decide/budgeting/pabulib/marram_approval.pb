META
key;value
description;Town budget of Marram
country;Nowhere
unit;Marram
instance;2026
num_projects;5
num_votes;8
budget;1000
vote_type;approval
rule;greedy
date_begin;01.09.2026
date_end;14.09.2026
min_length;1
max_length;3
currency;GBP
comment;"#1: ""bell"" was withdrawn after printing; its votes stay. #2: Invented."
PROJECTS
project_id;cost;votes;name;category;neighborhood;selected;latitude;longitude
pond;600;5;"Pond; with newts";nature,water;Harbour;1;54.1;-3.2
10;400.0;4;Benches by the "Long Wall";public space;Harbour;1;54.2;-3.1
9;250,5;4;Lamps;public space;Dunes;0;54.3;-3.0
L-02;300;2;"Bus shelter
with a roof";mobility;Dunes;0;;
bell;999999999;1;The old bell;;;0;;
VOTES
voter_id;vote;age;sex;neighborhood
v1;pond,10;31;F;Harbour
v2;10,pond;45;M;Dunes
v3;pond, 9;;;Dunes
v4;9,L-02,bell;70;F;Harbour
v5;10;19;M;Harbour
v6;pond,9;52;F;Dunes
v7;9,10,L-02;33;;Dunes
v8;pond;28;M;Harbour
