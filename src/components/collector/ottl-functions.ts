// The functions of OTTL that the processors of spans and lines have:
// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.159.0/pkg/ottl/ottlfuncs
// https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.159.0/processor/transformprocessor/internal

/** Those that change what passes: a statement starts with one. */
export const editors =
  'append delete_index delete_key delete_matching_keys flatten keep_keys keep_matching_keys limit merge_maps replace_all_matches replace_all_patterns replace_match replace_pattern set set_semconv_span_name stringify_all truncate_all'.split(
    ' ',
  );

/** Those that have a value. */
export const converters = [
  'All Any Base64Decode Base64Encode Bool Coalesce CommunityID Concat ContainsValue',
  'ConvertAttributesToElementsXML ConvertCase ConvertTextToElementsXML Day Decode Double Duration',
  'ExtractGrokPatterns ExtractPatterns FNV Filter Find Format FormatTime GetXML HasPrefix HasSuffix Hex',
  'Hour Hours Index InsertXML Int IsBool IsDouble IsEmpty IsInCIDR IsInt IsList IsMap IsMatch IsRootSpan',
  'IsString IsValidLuhn Keys Len Log MD5 MapEach MapKeys Microseconds Milliseconds Minute Minutes Month',
  'Murmur3Hash Murmur3Hash128 Nanosecond Nanoseconds Now ParseCEF ParseCLF ParseCSV ParseELF ParseInt',
  'ParseJSON ParseKeyValue ParseLEEF ParseSeverity ParseSimplifiedXML ParseXML Reduce RemoveXML SHA1',
  'SHA256 SHA512 Second Seconds SliceToMap Sort Split SpanID String Substring Test Time ToCamelCase',
  'ToKeyValueString ToLowerCase ToSnakeCase ToUpperCase TraceID Trim TrimPrefix TrimSuffix TruncateTime',
  'URL UUID UUIDv7 Unix UnixMicro UnixMilli UnixNano UnixSeconds UserAgent Values Weekday When XXH128',
  'XXH3 Year ProfileID',
].flatMap((some) => some.split(' '));
