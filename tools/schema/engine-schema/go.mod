module crowsnest.test/engine-schema

go 1.25
