// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721A} from "erc721a/contracts/ERC721A.sol";
import {ERC721 as Solady721} from "solady/tokens/ERC721.sol";

/// @dev The plain ways to mint deeds, for the gas table: no signatures, no attestation, no states, no access control.
contract OzDeeds is ERC721("", "") {
    mapping(uint256 id => bytes32) public roots;

    function registerAll(bytes32[] calldata keys) external {
        for (uint256 i; i < keys.length; ++i) {
            _mint(msg.sender, uint256(keys[i]));
            roots[uint256(keys[i])] = keys[i];
        }
    }
}

contract SoladyDeeds is Solady721 {
    mapping(uint256 id => bytes32) public roots;

    function name() public pure override returns (string memory) {
        return "";
    }

    function symbol() public pure override returns (string memory) {
        return "";
    }

    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }

    function registerAll(bytes32[] calldata keys) external {
        for (uint256 i; i < keys.length; ++i) {
            _mint(msg.sender, uint256(keys[i]));
            roots[uint256(keys[i])] = keys[i];
        }
    }
}

contract SequentialDeeds is ERC721A("", "") {
    mapping(uint256 first => bytes32) public roots;

    function registerMany(uint256 count, bytes32 root) external {
        roots[_nextTokenId()] = root;
        _mint(msg.sender, count);
    }
}
